// Prepares what packages ship unready: unpacks the browser and fonts, and builds the dashboard and the
// documentation. Runs on the service's Node,
// and with the service's own code does what the service would otherwise do when it starts.
import { findBrowser } from '../server/src/render/browser/find-browser.ts';
import { readyFonts } from '../server/src/render/browser/fonts.ts';
import { buildDashboard } from './build-dashboard.mjs';
import { buildDocsSite } from './build-docs.mjs';

try {
  await findBrowser(process.env.OGPLUS_BROWSER || undefined);
  if (process.platform === 'linux') await readyFonts();
  await buildDashboard();
  await buildDocsSite();
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
