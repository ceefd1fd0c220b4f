import { ArrowDown, ArrowUp, Minus } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import type { Study, StudyLine } from '../../api/postures';
import { PRIORITIES } from '../../ui/PriorityMark';
import { BothHeads } from './BothHeads';
import { coverOf, shown, shownApart } from './figures';

/** What the difference says, by a sign and in words: only where its interval leaves out zero. */
function Verdict({ line }: { line: StudyLine }) {
  const { t } = useTranslation();
  if (line.a.value === null || line.b.value === null) return null;
  if (!line.differs) {
    return (
      <span className="soft">
        <Minus size={12} aria-hidden /> {t('planner.same')}
      </span>
    );
  }
  const isLess = (line.difference.value ?? 0) < 0;
  const Picture = isLess ? ArrowDown : ArrowUp;
  if (line.figure === 'busy_share') {
    return (
      <span className="planner__apart">
        <Picture size={12} aria-hidden /> {isLess ? t('planner.less') : t('planner.more')}
      </span>
    );
  }
  return (
    <span className={`planner__apart planner__apart--${isLess ? 'better' : 'worse'}`}>
      <Picture size={12} aria-hidden /> {isLess ? t('planner.better') : t('planner.worse')}
    </span>
  );
}

interface FigureProps {
  figure: StudyLine['figure'];
  estimate: StudyLine['a'];
  signed?: boolean;
}

/** A figure and its interval; a dash while there is none. */
function Figure({ figure, estimate: { value, low, high }, signed = false }: FigureProps) {
  return (
    <>
      {shown(figure, value, signed)}
      {value !== null && (
        <span className="planner__interval">
          {shown(figure, low, signed)} – {shown(figure, high, signed)}
        </span>
      )}
    </>
  );
}

/** A table of both postures: one figure a row, each with its interval, and b less a. */
export function FiguresCompared({ study }: { study: Study }) {
  const { t } = useTranslation();
  const minutes = (seconds: number): number => seconds / 60;
  const nameOf = ({ figure, priority }: StudyLine): string => {
    const name = t(`planner.figure.${figure}`, { count: minutes(study.late_after_s) });
    const known = PRIORITIES.find((one) => one === priority);
    return known === undefined ? name : `${name} · ${t(`priority.${known}`)}`;
  };
  return (
    <div className="planner__table" role="group" aria-label={t('planner.compare')} tabIndex={0}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('planner.figures')}</th>
            <BothHeads />
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{t('planner.units')}</th>
            <td className="table__figure figures">{study.a.units}</td>
            <td className="table__figure figures">{study.b.units}</td>
            <td className="table__figure figures">{shownApart(study.b.units - study.a.units)}</td>
          </tr>
          {coverOf(study).map(({ within_s, a, b, apart }) => (
            <tr key={within_s}>
              <th scope="row">{t('planner.covered', { count: minutes(within_s) })}</th>
              <td className="table__figure figures">{a}</td>
              <td className="table__figure figures">{b}</td>
              <td className="table__figure figures">{apart}</td>
            </tr>
          ))}
          {study.lines.map((line) => (
            <tr key={`${line.figure} ${line.priority ?? 0}`}>
              <th scope="row">{nameOf(line)}</th>
              {([line.a, line.b] as const).map((one, row) => (
                <td key={row} className="table__figure figures">
                  <Figure figure={line.figure} estimate={one} />
                </td>
              ))}
              <td className="table__figure figures">
                <Figure figure={line.figure} estimate={line.difference} signed />
                <Verdict line={line} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
