import { useSearchParams } from 'react-router';
import type { Period } from '../../api/usage.ts';

export const lastHours = 24;
export const lastDays = [1, 7, 30, 90] as const;
const usual = 30;

/** The chosen days or hours, kept in the address of the screen. */
export function usePeriod(): readonly [Period, (period: Period) => void] {
  const [params, setParams] = useSearchParams();
  const [from, to] = [params.get('from'), params.get('to')];
  const days = lastDays.find((one) => String(one) === params.get('days')) ?? usual;
  const isByHours = params.get('hours') === String(lastHours);
  const period = isByHours ? { hours: lastHours } : isDay(from) && isDay(to) && from <= to ? { from, to } : { days };
  return [period, (chosen) => setParams(inAddress(chosen), { replace: true })];
}

function inAddress(period: Period): Record<string, string> {
  if ('hours' in period) return { hours: String(period.hours) };
  if ('from' in period) return { from: period.from, to: period.to };
  return period.days === usual ? {} : { days: String(period.days) };
}

/** YYYY-MM-DD, as an address may hold anything. */
export function isDay(text: string | null): text is string {
  return text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
}
