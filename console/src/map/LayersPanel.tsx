import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';

import { useMe } from '../api/session';
import { Choice } from '../ui/Choice';
import { Ticks } from '../ui/Ticks';
import {
  chooseCoverageKind,
  chooseLayers,
  LAYERS,
  NEEDS,
  useChosenLayers,
  useCoverageKind,
} from './layerChoice';
import './layers.css';
import { OverButton } from './OverButton';

interface Props {
  unitKinds: readonly string[];
  button: RefObject<HTMLButtonElement | null>;
  onClose: () => void;
}

/** A choice needs a value: this one stands for every kind. */
const ALL = 'ALL';

/** What the map shows, over its button. Open from the start. */
export function LayersPanel({ unitKinds, button, onClose }: Props) {
  const { t } = useTranslation();
  const { permissions } = useMe();
  const chosen = useChosenLayers();
  const kind = useCoverageKind();
  const offered = LAYERS.filter((layer) => {
    const needed = NEEDS[layer];
    return needed === undefined || permissions.includes(needed);
  });
  return (
    <OverButton label={t('map.layers')} className="layers" button={button} onClose={onClose}>
      <Ticks
        label={t('map.layers')}
        options={offered.map((layer) => ({ value: layer, text: t(`map_layer.${layer}`) }))}
        value={chosen}
        onChange={chooseLayers}
      />
      {chosen.includes('coverage') && offered.includes('coverage') && (
        <Choice
          label={t('map.coverage_kind')}
          value={kind === '' ? ALL : kind}
          onChange={(next) => chooseCoverageKind(next === ALL ? '' : next)}
          options={[
            { value: ALL, text: t('map.coverage_all') },
            ...unitKinds.map((one) => ({
              value: one,
              text: t(`unit_kind.${one}`, { defaultValue: one }),
            })),
          ]}
        />
      )}
      <p className="soft layers__note">{t('map.layers_note')}</p>
    </OverButton>
  );
}
