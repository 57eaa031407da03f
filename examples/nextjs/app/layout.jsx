import Link from 'next/link';
import './globals.css';

export default function Layout({ children }) {
  return (
    <html lang="en">
      <body>
        <header>
          Slow Rail
          <nav>
            <Link href="/">Journeys</Link> · <Link href="/departures">Departures</Link>
          </nav>
        </header>
        {children}
      </body>
    </html>
  );
}
