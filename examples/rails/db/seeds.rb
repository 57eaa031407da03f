Lighthouse.create!([
  { slug: "bell-rock", name: "Bell Rock", character: "Fl W 5s", text: "Built on a reef that the tide covers twice a day." },
  { slug: "la-jument", name: "La Jument", character: "Fl(3) R 15s", text: "Waves break over it, and once a keeper stood in the door." },
  { slug: "fastnet", name: "Fastnet", character: "Fl W 5s", text: "Ireland's teardrop: last sight & first light." },
])
