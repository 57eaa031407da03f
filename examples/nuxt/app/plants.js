export const plants = {
  'wood-sorrel': { name: 'Wood sorrel', latin: 'Oxalis acetosella', text: 'Folds its leaves at dusk and in the rain.' },
  'sea-holly': { name: 'Sea holly', latin: 'Eryngium maritimum', text: 'Blue, armed, and fond of sand.' },
};
