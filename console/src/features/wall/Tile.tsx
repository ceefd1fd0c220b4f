import { CircleHelp } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { useMay } from '../../api/session';
import type { Wall } from '../../api/types';
import { Button } from '../../ui/Button';
import { LevelMark } from '../../ui/LevelMark';
import { MODULE, type ModuleName } from './modules';

interface Props {
  name: ModuleName;
  wall: Wall;
  chosen: boolean;
  onLook: () => void;
  onDefine: () => void;
}

/** One module in one figure; it opens its list, and says how it is counted. */
export function Tile({ name, wall, chosen, onLook, onDefine }: Props) {
  const { t } = useTranslation();
  const { picture: Picture, list, permission, read } = MODULE[name];
  const may = useMay(permission);
  const { figure, level } = read(wall);
  const title = t(`wall.module.${name}`);
  return (
    <li
      className={`wall-tile wall-tile--${level ?? 'plain'}`}
      data-chosen={chosen || undefined}
      data-module={name}
      onPointerEnter={onLook}
      onFocus={onLook}
    >
      <h2 className="wall-tile__name">
        <Picture aria-hidden />
        {may ? <Link to={list}>{title}</Link> : title}
      </h2>
      <p className="wall-tile__figure">
        <strong className="figures">{figure ?? '–'}</strong>
        {level !== null && <LevelMark level={level} />}
      </p>
      <p className="wall-tile__what">{figure === null ? t('wall.no_data') : t(`wall.what.${name}`)}</p>
      <Button icon look="quiet" aria-label={t('wall.how', { name: title })} onPress={onDefine}>
        <CircleHelp aria-hidden />
      </Button>
    </li>
  );
}
