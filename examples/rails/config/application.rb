require "rails"
require "active_record/railtie"
require "action_controller/railtie"
require "action_view/railtie"

module Lighthouses
  class Application < Rails::Application
    config.load_defaults 6.1
    config.eager_load = Rails.env.production?
    config.public_file_server.enabled = true
    config.logger = ActiveSupport::Logger.new($stderr)
    config.log_level = :warn
  end
end
