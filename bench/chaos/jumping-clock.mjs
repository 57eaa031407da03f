// Preloaded into a node: some seconds after the start its clock is set, as an operator or a broken time server does.
const jump = Number(process.env.CHAOS_CLOCK_JUMP_MS ?? 0);
if (jump !== 0) {
  const now = Date.now;
  const from = performance.now() + 5000;
  Date.now = () => now() + (performance.now() < from ? 0 : jump);
}
