require "json"
require "sinatra/base"
require "time"
require_relative "ogplus"

Book = Struct.new(:slug, :title, :author, :text, :changed_at, keyword_init: true)

class ReadingRoom < Sinatra::Base
  helpers OgPlus
  set :books, [
    Book.new(slug: "the-rings-of-saturn", title: "The Rings of Saturn", author: "W. G. Sebald", text: "A walk in Suffolk that goes everywhere.", changed_at: Time.parse("2026-01-05 09:00 UTC")),
    Book.new(slug: "the-summer-book", title: "The Summer Book", author: "Tove Jansson", text: "An island, a child, a grandmother.", changed_at: Time.parse("2026-02-11 18:30 UTC")),
  ].to_h { |book| [book.slug, book] }

  # Pages that say nothing of their own are kept for ten minutes.
  after { cache_control :public, max_age: 600 if response.status == 200 && !response.headers["Cache-Control"] }

  get "/" do
    cache_control :public, max_age: 86_400
    @title, @description = "The reading room", "Books that were read twice."
    erb :index
  end

  get "/books/:slug" do
    @book = settings.books[params[:slug]] || halt(404, "No such book")
    # OpenGraph+ asks after an hour; a 304 costs neither HTML nor drawing.
    cache_control :public, max_age: 3600
    last_modified @book.changed_at
    etag "#{@book.slug}-#{@book.changed_at.to_i}"
    @title, @description = @book.title, @book.text
    erb :book
  end

  get "/open" do
    @title, @description = "Open until nine", "Tea on the left."
    erb "<p>Tea on the left, novels on the right.</p>"
  end
end
