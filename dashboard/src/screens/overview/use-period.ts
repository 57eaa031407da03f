import { useSearchParams } from 'react-router';

export const periods = [7, 30, 90] as const;
export type Period = (typeof periods)[number];
const usual: Period = 30;

/** How many days are looked at, as the address of the screen has it. */
export function usePeriod(): readonly [Period, (period: Period) => void] {
  const [params, setParams] = useSearchParams();
  const period = periods.find((one) => String(one) === params.get('days')) ?? usual;
  return [period, (days) => setParams(days === usual ? {} : { days: String(days) }, { replace: true })];
}
