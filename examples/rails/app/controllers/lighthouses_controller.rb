class LighthousesController < ApplicationController
  def index
    @lighthouses = Lighthouse.order(:name)
    expires_in 1.day, public: true
    # After the day: a 304 where no row changed, for two numbers out of the database.
    render if stale?(@lighthouses, public: true)
  end

  def show
    @lighthouse = Lighthouse.find_by!(slug: params[:slug])
    # OpenGraph+ asks after an hour; where the row is the same, a 304 costs neither HTML nor drawing.
    expires_in 1.hour, public: true
    fresh_when @lighthouse, public: true
  end
end
