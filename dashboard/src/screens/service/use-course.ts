import { useEffect, useState } from 'react';

// Three minutes, one value every two seconds.
const most = 90;

/** The course of a number since the screen was opened. @param at when it was read: each moment counts once. */
export function useCourse(value: number, at: string): readonly number[] {
  const [course, setCourse] = useState<readonly number[]>([]);
  // A new moment may bring the same value.
  useEffect(() => setCourse((known) => [...known.slice(1 - most), value]), [at]);
  return course;
}
