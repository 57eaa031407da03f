export const stars = new Map([
  ['vega', { name: 'Vega', text: 'Blue, near, and due to be the pole star again.', light: 25, version: 3 }],
  ['mira', { name: 'Mira', text: 'Comes and goes within a year.', light: 300, version: 8 }],
]);
