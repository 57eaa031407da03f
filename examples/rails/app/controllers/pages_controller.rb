class PagesController < ApplicationController
  before_action(only: :visiting) { expires_in 10.minutes, public: true }

  # They render their views: Rails' own headers are kept, or those of the filter.
  def visiting; end
  def about; end
  def log; end
end
