import { lazy, Suspense, useRef, useState, type ComponentType } from 'react';
import { useTranslation } from 'react-i18next';

import { useOpenIncidents, useUnits } from '../../api/dispatch';
import { usePlaceAt } from '../../api/intake';
import { CityMap } from '../../map/CityMap';
import { Panel } from '../../ui/Panel';
import { CallForm } from './CallForm';
import './call.css';
import { KeysHelp } from './KeysHelp';
import { Questions } from './Questions';
import { SimilarChoice } from './SimilarChoice';
import { Taken } from './Taken';
import { useCall, type Call } from './useCall';

/** With its dialogs it is more than the form, which is wanted at once. */
const OpenCalls = lazy(async () => ({ default: (await import('./OpenCalls')).OpenCalls }));

/** The map to see the place on, or to choose it by a click. */
function PlaceMap({ call }: { call: Call }) {
  const { t } = useTranslation();
  const incidents = useOpenIncidents();
  const units = useUnits();
  const { spot } = call;
  const at = usePlaceAt(spot).data;
  return (
    <section className="call__map" aria-label={t('call.map')}>
      <CityMap
        incidents={incidents.data}
        units={units.data}
        pin={spot}
        look={spot}
        onPlace={(point) => call.change({ spot: { ...point, name: '' } })}
      >
        <p className="call__where">
          {spot === null
            ? t('call.map_hint')
            : ([spot.name, at?.address].find(Boolean) ?? t('call.map_chosen'))}
        </p>
      </CityMap>
    </section>
  );
}

interface Props {
  /** What comes after a report that needs units: choosing them. */
  Dispatch: ComponentType<{ incidentId: string; onDone: () => void }>;
}

/** Take a call and, where the person may, send the units: by keyboard alone. */
export function CallPage({ Dispatch }: Props) {
  const { t } = useTranslation();
  const call = useCall();
  const [round, setRound] = useState(0);
  const nextButton = useRef<HTMLButtonElement>(null);
  const send = async (): Promise<void> => {
    const outcome = await call.send();
    if (outcome === 'undecided') {
      document.querySelector<HTMLElement>('#similar input')?.focus();
    }
  };
  const next = (): void => {
    call.leave('end');
    setRound(round + 1);
  };
  return (
    <div className="call">
      <h1 className="unseen">{t('place.call')}</h1>
      <Panel title={t('place.call')} className="call__form">
        {call.taken === null ? (
          <CallForm
            key={round}
            call={call}
            onSend={() => {
              // A refusal is shown by the form; nothing is lost.
              send().catch(() => undefined);
            }}
          />
        ) : (
          <Taken report={call.taken} nextRef={nextButton} onNext={next} />
        )}
      </Panel>
      <PlaceMap call={call} />
      <div className="call__side">
        {call.taken === null && call.similar.length > 0 && (
          <SimilarChoice rows={call.similar} value={call.answer} onChange={call.decide} />
        )}
        {call.taken?.incident_id != null && (
          <Dispatch
            key={call.taken.id}
            incidentId={call.taken.incident_id}
            onDone={() => nextButton.current?.focus()}
          />
        )}
        {call.reading !== undefined && (
          <Questions reading={call.reading} onAnswer={call.answerQuestion} />
        )}
        <Suspense><OpenCalls own={call.callId} onTakeOver={call.takeOver} /></Suspense>
        {call.taken === null && <KeysHelp />}
      </div>
    </div>
  );
}
