import { HeartHandshake } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import { usePublishTask } from '../../api/volunteering';
import { Button } from '../../ui/Button';
import { FormDialog } from '../../ui/FormDialog';
import { PlacePick, type Spot } from '../../ui/PlacePick';
import { TextInput } from '../../ui/TextInput';

/** Ask residents for hours: what, where, when, how many in all. */
export function PublishTask() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const publish = usePublishTask();
  const [title, setTitle] = useState('');
  const [text, setText] = useState('');
  const [spot, setSpot] = useState<Spot | null>(null);
  const [begins, setBegins] = useState('');
  const [ends, setEnds] = useState('');
  const [hours, setHours] = useState('');
  const isWhole = /^[1-9]\d{0,3}$/.test(hours.trim());
  return (
    <FormDialog
      button={
        <Button look="main">
          <HeartHandshake size={16} aria-hidden />
          {t('volunteering.publish')}
        </Button>
      }
      title={t('volunteering.publish')}
      text={t('volunteering.publish_text')}
      confirm={t('volunteering.publish')}
      problem={publish.error}
      isPending={publish.isPending}
      isReady={
        title.trim() !== '' && text.trim() !== '' && spot !== null && begins !== '' && ends !== '' && isWhole
      }
      onSubmit={(close) => {
        if (spot === null) return;
        publish.mutate(
          {
            title: title.trim(),
            text: text.trim(),
            place_text: spot.name,
            lon: spot.lon,
            lat: spot.lat,
            begins_at: new Date(begins).toISOString(),
            ends_at: new Date(ends).toISOString(),
            hours_wanted: Number(hours),
          },
          {
            onSuccess: ({ id }) => {
              close();
              void navigate(`/volunteers/${id}`);
            },
          },
        );
      }}
    >
      <TextInput label={t('volunteering.title')} value={title} onChange={setTitle} maxLength={80} />
      <TextInput label={t('volunteering.text')} value={text} onChange={setText} rows={3} />
      <PlacePick spot={spot} onSpot={setSpot} />
      <TextInput
        label={t('volunteering.begins')}
        type="datetime-local"
        value={begins}
        onChange={setBegins}
      />
      <TextInput
        label={t('volunteering.ends')}
        type="datetime-local"
        value={ends}
        onChange={setEnds}
      />
      <TextInput
        label={t('volunteering.hours_wanted')}
        inputMode="numeric"
        value={hours}
        onChange={setHours}
      />
    </FormDialog>
  );
}
