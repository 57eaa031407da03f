import { useId } from 'react';

const [width, height] = [120, 32];

/** The course of a number, without scale or words: a glance beside the number itself. */
export function Sparkline({ values, color }: { values: readonly number[]; color: string }) {
  const fade = useId();
  const most = Math.max(...values, 1e-9);
  if (values.length < 2 || values.every((value) => value === 0)) return <svg height={height} aria-hidden />;
  const points = values.map((value, index) => {
    const x = (index / (values.length - 1)) * width;
    return `${x.toFixed(1)},${(height - 2 - (value / most) * (height - 4)).toFixed(1)}`;
  });
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      width="100%"
      height={height}
      style={{ display: 'block', color: `var(--mantine-color-${color})` }}
      aria-hidden
    >
      <linearGradient id={fade} x1="0" y1="0" x2="0" y2="1">
        <stop offset="0" stopColor="currentColor" stopOpacity="0.25" />
        <stop offset="1" stopColor="currentColor" stopOpacity="0" />
      </linearGradient>
      <polygon points={`0,${height} ${points.join(' ')} ${width},${height}`} fill={`url(#${fade})`} />
      <polyline
        points={points.join(' ')}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.6"
        strokeLinejoin="round"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}
