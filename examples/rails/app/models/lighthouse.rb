class Lighthouse < ApplicationRecord
  # The list names every lighthouse, so its card changes too.
  after_commit { OgPlus.purge("/lighthouses/#{slug}", "/") if OgPlus.key? }

  def to_param = slug
end
