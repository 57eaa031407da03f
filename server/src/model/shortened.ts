/** A text of others, as long as a person reads on: for sentences and for what is kept of it. */
export function shortened(text: string, most = 100): string {
  return text.length <= most ? text : `${text.slice(0, most)}…`;
}
