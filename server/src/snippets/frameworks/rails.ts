import { rubyString } from '../literals.ts';
import { fileName } from '../page-path.ts';
import type { Framework, PageWords, Site } from '../snippet.ts';
import { templateLine } from '../template-line.ts';

const helper = ({ connectionUrl }: Site) => `module OpengraphHelper
  CONNECTION_URL = "${connectionUrl}"

  def card_url
    "#{CONNECTION_URL}#{request.original_fullpath}"
  end
end
`;

const layout = () => `<%= tag.meta property: "og:title", content: content_for(:title) || "My site" %>
<% if content_for?(:description) %>
  <%= tag.meta property: "og:description", content: content_for(:description) %>
<% end %>
<%= tag.meta property: "og:type", content: "article" %>
<%= tag.meta property: "og:url", content: request.original_url %>
<%= tag.meta property: "og:image", content: card_url %>
<%= tag.meta property: "og:image:width", content: 2400 %>
<%= tag.meta property: "og:image:height", content: 1260 %>
<%= tag.meta name: "twitter:card", content: "summary_large_image" %>
`;

// `@post` is what the controller gives to the view.
const etag = '<%= tag.meta property: "og:plus:cache:etag", content: @post.updated_at.to_i %>';

const onePage = ({ title, description }: PageWords) => `<% content_for :title, ${rubyString(title)} %>
${description === null ? '' : `<% content_for :description, ${rubyString(description)} %>\n`}`;

const expires = () => `class PostsController < ApplicationController
  def index
    expires_in 1.hour, public: true, stale_while_revalidate: 1.day
    @posts = Post.newest
  end
end
`;

const conditional = () => `class PostsController < ApplicationController
  def show
    @post = Post.find(params[:id])
    expires_in 5.minutes, public: true
    fresh_when @post, public: true
  end
end
`;

export const rails: Framework = {
  id: 'rails',
  tags: [
    { id: 'railsHelper', file: 'app/helpers/opengraph_helper.rb', code: helper },
    { id: 'railsLayout', file: 'app/views/layouts/application.html.erb', code: layout },
  ],
  freshness: [
    { id: 'railsExpires', file: 'app/controllers/posts_controller.rb', code: expires },
    { id: 'railsFresh', file: 'app/controllers/posts_controller.rb', code: conditional },
  ],
  page: (words) => [{ file: `app/views/${fileName(words.target)}.html.erb`, code: onePage(words) }],
  line: (tag) => ({
    file: 'app/views/layouts/application.html.erb',
    code: templateLine(layout(), tag, etag),
  }),
};
