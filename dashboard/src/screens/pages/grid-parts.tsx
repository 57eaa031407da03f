import { Box } from '@mantine/core';
import type { ComponentProps } from 'react';

// A <table> lays out all of its rows, and there may be ten thousand: the grid is made of boxes that say what they are.
// Keys move between rows, as in a list (ARIA Authoring Practices, grid): cells take no focus.

type PartProps = ComponentProps<'div'> & { 'data-index'?: number };

export const Grid = (props: PartProps) => <Box role="grid" {...props} />;
export const RowGroup = (props: PartProps) => <Box role="rowgroup" {...props} />;
export const GridRow = (props: PartProps) => <Box role="row" {...props} />;
export const ColumnHead = (props: PartProps) => <Box role="columnheader" {...props} />;
export const Cell = (props: PartProps) => <Box role="gridcell" {...props} />;
