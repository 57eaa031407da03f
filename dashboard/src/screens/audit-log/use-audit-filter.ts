import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import type { AuditFilter } from '../../api/audit-log.ts';
import type { AuditSubject } from '../../api/types.ts';
import { text } from '../../text/text.ts';

/** What can be changed, in the order in which it is chosen from. */
export const subjects = Object.keys(text.auditLog.subjects) as AuditSubject[];

/** The filter as the address of the screen has it: it can be kept, shared and gone back to. */
export function useAuditFilter(): readonly [AuditFilter, (change: Partial<AuditFilter>) => void] {
  const [params, setParams] = useSearchParams();
  const filter = useMemo(() => read(params), [params]);
  const change = (part: Partial<AuditFilter>) => setParams(write({ ...filter, ...part }), { replace: true });
  return [filter, change];
}

function read(params: URLSearchParams): AuditFilter {
  return { subject: subjects.find((one) => one === params.get('what')) ?? null, actor: params.get('who') };
}

function write({ subject, actor }: AuditFilter): Record<string, string> {
  return { ...(subject === null ? {} : { what: subject }), ...(actor === null ? {} : { who: actor }) };
}
