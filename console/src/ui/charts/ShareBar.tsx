import './charts.css';

interface Props {
  /** From 0 to 1, and within which bounds it may truly lie. */
  share: number;
  low?: number | null;
  high?: number | null;
  /** What it says, where no words beside it do. */
  label?: string;
}

/** One share as a bar in a line of text or a table; its interval is drawn as a thin line across. */
export function ShareBar({ share, low, high, label }: Props) {
  const told = label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label };
  const from = (low ?? share) * 100;
  const to = (high ?? share) * 100;
  return (
    <svg className="chart-share" viewBox="0 0 100 10" preserveAspectRatio="none" {...told}>
      <rect className="chart-share__ground" width="100" height="10" />
      <rect className="chart__bar" width={Math.min(1, share) * 100} height="10" />
      {to > from && <rect className="chart-share__interval" x={from} width={to - from} y="3.5" height="3" />}
    </svg>
  );
}
