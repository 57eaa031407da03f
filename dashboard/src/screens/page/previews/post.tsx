import classes from './post.module.css';

/** Who posted the card. @param square as faces are in Slack. */
export function Author({ square = false }: { square?: boolean }) {
  return (
    <div className={`${classes['author']} ${square ? classes['square'] : ''}`}>
      <span className={classes['face']} />
      <span className={classes['bars']}>
        <span className={classes['bar']} />
        <span className={classes['bar']} />
      </span>
    </div>
  );
}
