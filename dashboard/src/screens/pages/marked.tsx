export interface MarkedProps {
  readonly text: string;
  /** Empty where nothing is searched for. */
  readonly sought: string;
}

/** A text on one line, with what was searched for marked and within sight. */
export function Marked({ text, sought }: MarkedProps) {
  const at = sought === '' ? -1 : text.toLowerCase().indexOf(sought.toLowerCase());
  if (at < 0) return text;
  const from = at < farAlong ? 0 : at - 12;
  return (
    <>
      {from > 0 && '…'}
      {text.slice(from, at)}
      <mark>{text.slice(at, at + sought.length)}</mark>
      {text.slice(at + sought.length)}
    </>
  );
}

// So many letters are seen in nearly every window.
const farAlong = 36;
