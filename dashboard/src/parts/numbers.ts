const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 });
const wholePercent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 0 });

/** `12345` as `12,345`. */
export const numberOf = (value: number): string => whole.format(value);
/** `12345` as `12.3K`, where there is room for no more. */
export const shortNumberOf = (value: number): string => short.format(value);
/** `0.873` as `87.3%`. */
export const percentOf = (share: number): string => percent.format(share);
/** `0.1234` as `12%`. */
export const wholePercentOf = (share: number): string => wholePercent.format(share);
