export const loaves = new Map([
  ['rye', { title: 'Rye, dark and patient', text: 'Three stages, two days, one crust.', days: 2, baked: '2026-03-04' }],
  ['ciabatta', { title: 'Ciabatta full of nothing', text: 'Wet dough, brave hands, large holes.', days: 1, baked: '2026-05-17' }],
]);
