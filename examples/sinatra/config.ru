require_relative "app"

run ReadingRoom
