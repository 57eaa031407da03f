import { createRootRoute, HeadContent, Link, Outlet, Scripts } from '@tanstack/react-router';
import siteCss from '../site.css?url';

export const Route = createRootRoute({
  head: () => ({
    meta: [{ charSet: 'utf-8' }, { name: 'viewport', content: 'width=device-width' }],
    links: [{ rel: 'stylesheet', href: siteCss }],
  }),
  component: Root,
  notFoundComponent: () => <h1>Not here</h1>,
});

function Root() {
  return (
    <html lang="en">
      <head>
        <HeadContent />
      </head>
      <body>
        <header>
          Slow boats{' '}
          <nav>
            <Link to="/">Ferries</Link> · <Link to="/today">Today</Link>
          </nav>
        </header>
        <Outlet />
        <Scripts />
      </body>
    </html>
  );
}
