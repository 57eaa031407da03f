// What the packages bring and is not ready as it comes: unpacks the browser and the fonts, builds the dashboard. Runs on the
// Node that the service runs on, and does by the service's own code what the service would otherwise do when it starts.
import { findBrowser } from '../server/src/render/browser/find-browser.ts';
import { readyFonts } from '../server/src/render/browser/fonts.ts';
import { buildDashboard } from './build-dashboard.mjs';

try {
  await findBrowser(process.env.OGPLUS_BROWSER || undefined);
  if (process.platform === 'linux') await readyFonts();
  buildDashboard();
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
