import { Select } from '@mantine/core';
import { useMemo } from 'react';
import { useLanguage } from '../texts/language.tsx';
import { useTexts } from '../texts/texts.ts';
import { serverNow } from '../time/server-clock.ts';
import * as texts from './texts.ts';
import { zoneChoices, zoneHere } from './time-zones.ts';

const SHOWN = 200;

/** A time zone from a list that is searched by place, by the zone's name or by the time there. */
export function TimeZoneField(props: {
  readonly value: string;
  readonly onChange: (zone: string) => void;
  readonly error?: string | null;
}) {
  const t = useTexts(texts);
  const { language } = useLanguage();
  const { value } = props;
  const data = useMemo(() => {
    const choices = zoneChoices(serverNow(), language === 'zh' ? 'zh-CN' : 'en-GB');
    const known = choices.some(({ zone }) => zone === value);
    // A property's zone may have a name that this browser doesn't list.
    const others = known || value === '' ? [] : [{ zone: value, area: t('timeZone'), label: value }];
    const here = choices.find(({ zone }) => zone === zoneHere());
    const groups = Map.groupBy([...others, ...choices.filter((each) => each !== here)], ({ area }) => area);
    const item = ({ zone, label }: { zone: string; label: string }) => ({ value: zone, label });
    return [
      ...(here ? [{ group: t('timeZoneHere'), items: [item(here)] }] : []),
      ...Array.from(groups, ([area, within]) => ({ group: areaName(area, t), items: within.map(item) })),
    ];
  }, [language, value, t]);
  return (
    <Select
      label={t('timeZone')}
      description={t('timeZoneHint')}
      data={data}
      value={value}
      error={props.error ?? null}
      searchable
      limit={SHOWN}
      nothingFoundMessage={t('timeZoneNothing')}
      maxDropdownHeight={280}
      allowDeselect={false}
      onChange={(zone) => zone !== null && props.onChange(zone)}
    />
  );
}

function areaName(area: string, t: ReturnType<typeof useTexts<typeof texts.english>>): string {
  return area in texts.english.areas ? t(`areas.${area as keyof typeof texts.english.areas}`) : area;
}
