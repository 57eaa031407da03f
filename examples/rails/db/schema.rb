ActiveRecord::Schema.define(version: 1) do
  create_table :lighthouses do |t|
    t.string :slug, null: false, index: { unique: true }
    t.string :name, null: false
    t.string :character, null: false
    t.text :text, null: false
    t.timestamps
  end
end
