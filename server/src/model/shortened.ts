/** Cuts text from outside to a readable length, for messages and for storage. */
export function shortened(text: string, most = 100): string {
  return text.length <= most ? text : `${text.slice(0, most)}…`;
}
