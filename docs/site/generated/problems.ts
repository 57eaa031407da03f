import { problemNamed, problemTypes } from '../../../server/src/http/problem.ts';

/** The list of all problems. */
export function problemsPage(): string {
  const rows = problemTypes.map((type) => {
    const problem = problemNamed(type);
    return `| [\`${type}\`](${type}.md) | ${problem?.status} | ${problem?.title} |`;
  });
  return `# Problems

Errors are \`application/problem+json\` (RFC 9457): \`type\` leads to one of these pages, \`title\` says what happened, \`detail\` says
it of this request.

| type | status | title |
| --- | --- | --- |
${rows.join('\n')}
`;
}
