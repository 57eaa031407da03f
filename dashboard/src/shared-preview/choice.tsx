import type { Icon } from '@tabler/icons-react';
import classes from './choice.module.css';

export interface ChoiceProps {
  readonly legend: string;
  readonly name: string;
  /** The first one is chosen. */
  readonly options: ReadonlyArray<{ readonly id: string; readonly label: string; readonly Icon?: Icon }>;
}

/** One of a few, side by side. The ids are what the style sheet looks at. */
export function Choice({ legend, name, options }: ChoiceProps) {
  return (
    <fieldset className={classes['choice']}>
      <legend>{legend}</legend>
      {options.map(({ id, label, Icon }, nth) => (
        <label key={id}>
          <input type="radio" name={name} id={id} defaultChecked={nth === 0} />
          {Icon !== undefined && <Icon size={15} stroke={1.8} aria-hidden />}
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  );
}
