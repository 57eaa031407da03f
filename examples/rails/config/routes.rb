Rails.application.routes.draw do
  root "lighthouses#index"
  resources :lighthouses, only: :show, param: :slug
  get "/visiting", to: "pages#visiting"
  get "/about", to: "pages#about"
  get "/log", to: "pages#log"
end
