// Preloaded into a node: on SIGUSR2 its clock is set, as an operator or a broken time server does, and on the next one set right.
const jump = Number(process.env.CHAOS_CLOCK_JUMP_MS);
const OwnDate = Date;
let ahead = 0;
process.on('SIGUSR2', () => {
  ahead = jump - ahead;
});
globalThis.Date = class extends OwnDate {
  constructor(...given) {
    if (given.length === 0) super(OwnDate.now() + ahead);
    else super(...given);
  }

  static now() {
    return OwnDate.now() + ahead;
  }
};
