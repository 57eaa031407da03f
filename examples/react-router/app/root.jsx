import { Link, Links, Meta, Outlet, Scripts } from 'react-router';
import './site.css';

export default function Root() {
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <Meta />
        <Links />
      </head>
      <body>
        <header>
          On foot{' '}
          <nav>
            <Link to="/">Walks</Link> · <Link to="/tonight">Tonight</Link>
          </nav>
        </header>
        <Outlet />
        <Scripts />
      </body>
    </html>
  );
}
