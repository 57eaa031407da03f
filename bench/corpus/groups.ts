import type { Group } from './page.ts';
import { documents } from './pages/documents.ts';
import { endless } from './pages/endless.ts';
import { hanging } from './pages/hanging.ts';
import { late } from './pages/late.ts';
import { layout } from './pages/layout.ts';
import { leaving } from './pages/leaving.ts';
import { animation } from './pages/libraries/animation.ts';
import { apps } from './pages/libraries/apps.ts';
import { carousels } from './pages/libraries/carousels.ts';
import { charts } from './pages/libraries/charts.ts';
import { styles } from './pages/libraries/styles.ts';
import { tools } from './pages/libraries/tools.ts';
import { widgets } from './pages/libraries/widgets.ts';
import { motion } from './pages/motion.ts';
import { nothing } from './pages/nothing.ts';
import { sites } from './pages/sites.ts';
import { languages } from './pages/text.ts';

/** Pages that are made with packages. */
export const withPackages: readonly Group[] = [charts, animation, carousels, styles, apps, widgets, tools, sites];

/** Pages by hand, each with one of the habits that real pages have. They need no packages. */
export const byHand: readonly Group[] = [
  late,
  motion,
  endless,
  hanging,
  nothing,
  leaving,
  layout,
  documents,
  languages,
];
