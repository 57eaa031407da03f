/** The language of the dashboard. Another one is another file of the same shape as `en.ts`, chosen here. */
export { en as text } from './en.ts';
