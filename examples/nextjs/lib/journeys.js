// In the place of a database: one object for all of Next.js, whose bundles do not share their modules.
globalThis.journeys ??= new Map([
  ['night-train-to-the-coast', { title: 'The night train to the coast', from: 'Vienna', to: 'Split', hours: 19, text: 'You fall asleep among hills and wake beside water.' }],
  ['over-the-pass', { title: 'Over the pass in a red car', from: 'Chur', to: 'Tirano', hours: 4, text: 'Fifty-five tunnels, and a window that opens.' }],
]);

export const journeys = globalThis.journeys;
