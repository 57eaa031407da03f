/** The id of the template that is drawn for a network, or for all. */
export function templateId(consumer: string | undefined): string {
  return consumer === undefined ? 'ogplus' : `ogplus-${consumer}`;
}
