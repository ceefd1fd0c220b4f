import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';

import './subject.css';

interface Way {
  to: string;
  /** Where it leads, in words: there is only an arrow to see. */
  label: string;
}

/** The way back to the list that something stands in. */
export function BackLink({ to, label }: Way) {
  return (
    <Link to={to} className="back-link" aria-label={label}>
      <ArrowLeft size={18} aria-hidden />
    </Link>
  );
}

interface Props {
  back: Way;
  /** What it is, how it stands, and what may be done with it as a whole. */
  head: ReactNode;
  columns?: 2 | 3;
  /** As many `Column`s, or a map in the place of one. */
  children: ReactNode;
}

/** The screen of one thing: its head, and below it columns; on a phone one after the other. */
export function SubjectPage({ back, head, columns = 2, children }: Props) {
  return (
    <div className={`subject subject--${columns}`}>
      <header className="subject__head">
        <BackLink {...back} />
        {head}
      </header>
      {children}
    </div>
  );
}

/** Panels that scroll together. The keyboard reaches them also where nothing in them is pressed. */
export function Column({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="subject__column" role="group" aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}
