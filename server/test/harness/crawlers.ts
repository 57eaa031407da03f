import consumers from '../../src/model/consumers.json' with { type: 'json' };

const names = [
  'facebook',
  'twitter',
  'linkedin',
  'slack',
  'discord',
  'whatsapp',
  'telegram',
  'apple',
  'bluesky',
  'pinterest',
];

/** Ten real crawlers: their `User-Agent` (`example`) and what they take. */
export const crawlers = names.map((name) => {
  const found = consumers.consumers.find((one) => one.name === name);
  if (found === undefined) throw new Error(`There is no consumer "${name}".`);
  return found;
});
