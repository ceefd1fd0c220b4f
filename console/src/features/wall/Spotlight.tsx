import { CircleHelp, ListTree } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { useMay } from '../../api/session';
import type { Wall } from '../../api/types';
import { Button } from '../../ui/Button';
import { LevelMark } from '../../ui/LevelMark';
import { CellLegend, CellMap } from './CellMap';
import { FACTS } from './facts';
import { Hours } from './Hours';
import { MODULE, type ModuleName } from './modules';
import { Pressing } from './Pressing';

function Drawn({ name, wall }: { name: ModuleName; wall: Wall }) {
  if (name === 'city') return <Hours hours={wall.hours} />;
  if (name === 'safety') return <Pressing waiting={wall.waiting} />;
  if (name !== 'map') return null;
  return (
    <>
      <CellMap loads={wall.grid.loads} />
      <CellLegend loads={wall.grid.loads} />
    </>
  );
}

interface Props {
  name: ModuleName;
  wall: Wall;
  defined: boolean;
  onDefine: () => void;
}

/** One module closer up: its figures line by line, how they are counted, and the way to its list. */
export function Spotlight({ name, wall, defined, onDefine }: Props) {
  const { t } = useTranslation();
  const { picture: Picture, list, permission, read } = MODULE[name];
  const may = useMay(permission);
  const { figure, level } = read(wall);
  const title = t(`wall.module.${name}`);
  return (
    <section className="wall-spot" aria-label={title} data-module={name}>
      <header className="wall-spot__head">
        <h2>
          <Picture aria-hidden /> {title}
        </h2>
        {level !== null && <LevelMark level={level} />}
      </header>
      {defined ? (
        <p className="wall-spot__about">{t(`wall.about.${name}`)}</p>
      ) : (
        <>
          {figure === null && <p className="wall-spot__teach">{t(`wall.teach.${name}`)}</p>}
          {figure !== null && (
            <dl className="wall-spot__facts">
              {FACTS[name](wall, t).map((fact) => (
                <div key={fact.name}>
                  <dt>{fact.name}</dt>
                  <dd className="figures">{fact.value}</dd>
                </div>
              ))}
            </dl>
          )}
          {figure !== null && <Drawn name={name} wall={wall} />}
        </>
      )}
      <footer className="wall-spot__foot">
        {may && (
          <Link className="button" to={list}>
            <ListTree aria-hidden /> {t('wall.list')}
          </Link>
        )}
        <Button aria-expanded={defined} onPress={onDefine}>
          <CircleHelp aria-hidden /> {t(defined ? 'wall.figures' : 'wall.counted')}
        </Button>
      </footer>
    </section>
  );
}
