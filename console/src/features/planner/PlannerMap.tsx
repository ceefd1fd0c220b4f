import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { usePostureReach, type Posture } from '../../api/postures';
import { CityMap } from '../../map/CityMap';
import { CoverageLayer } from '../../map/CoverageLayer';
import type { Point } from '../../map/motion';
import { StandsLayer, type MapStand } from '../../map/StandsLayer';
import { steadyBox, type View } from '../../map/view';
import { Segments } from '../../ui/Segments';

type Letter = MapStand['letter'];

interface Props {
  stands: readonly MapStand[];
  /** Whose reach over the streets is drawn. */
  reached: Posture | undefined;
  letter: Letter;
  onLetter: (letter: Letter) => void;
  hasTwo: boolean;
  onPlace?: (point: Point) => void;
}

/** Where the units would stand, and the streets that they would reach. */
export function PlannerMap({ stands, reached, letter, onLetter, hasTwo, onPlace }: Props) {
  const { t } = useTranslation();
  const [view, setView] = useState<View | null>(null);
  const reach = usePostureReach(reached, view && steadyBox(view.box));
  const title = reached && t('planner.reach_of', { letter, name: reached.name });
  return (
    <div className="beside-map__map">
      <CityMap onView={setView} {...(onPlace ? { onPlace } : {})}>
        <StandsLayer stands={stands} />
        <div className="map__corner">
          <CoverageLayer
            coverage={reached ? reach.data : null}
            {...(title === undefined ? {} : { title })}
          />
          {hasTwo && (
            <Segments
              label={t('planner.reach')}
              segments={[
                { value: 'A', text: t('planner.reach_a') },
                { value: 'B', text: t('planner.reach_b') },
              ]}
              value={letter}
              onChange={onLetter}
            />
          )}
        </div>
      </CityMap>
    </div>
  );
}
