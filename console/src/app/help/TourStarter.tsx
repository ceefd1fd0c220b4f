import { Suspense, useEffect } from 'react';

import { useAlerts } from '../../api/alerts';
import { useServerRate } from '../../api/serverClock';
import { later } from '../later';
import { hushTour, startTour, useTouring, wasToured } from './touring';

const Tour = later(async () => (await import('./Tour')).Tour);

/** Shows the way round once in a simulated city, and whenever it is asked for; never beside an alert. */
export function TourStarter() {
  const isSimulated = useServerRate() > 1;
  const isOn = useTouring();
  const isRinging = useAlerts().length > 0;
  useEffect(() => {
    if (isSimulated && !isRinging && !wasToured()) startTour();
  }, [isSimulated, isRinging]);
  useEffect(() => {
    if (isRinging) hushTour();
  }, [isRinging]);
  return <Suspense>{isOn && !isRinging && <Tour />}</Suspense>;
}
