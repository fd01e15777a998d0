import { isProblem } from '@keyrack/sdk';
import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { keyrack } from '../api/keyrack.ts';
import * as entranceTexts from '../entrance/texts.ts';
import { Failure } from '../page/failure.tsx';
import { LoginField } from '../person/login-field.tsx';
import { loginFields } from '../person/login-name.ts';
import { NewPassword, NO_PASSWORD } from '../person/new-password.tsx';
import { passwordFault } from '../person/password-rule.ts';
import { useFault } from '../problem/use-fault.ts';
import { newProperty, PropertyFields, type TypedProperty } from '../property/property-fields.tsx';
import { Note } from '../state/note.tsx';
import { useTexts } from '../texts/texts.ts';
import classes from './set-up.module.css';
import { type ListedStep, SetUpFrame } from './set-up-frame.tsx';
import { STEPS, type StepName } from './steps.ts';
import * as texts from './texts.ts';

const KEPT = 'keyrack-set-up';

/** What was typed so far, but for the password: it is there again when the page is loaded anew. */
interface Typed {
  readonly name: string;
  readonly login: string;
  readonly property: TypedProperty;
}

function typedBefore(): Typed {
  const nothing = { name: '', login: '', property: newProperty() };
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? '{}') as Partial<Typed>;
    return { ...nothing, ...kept, property: { ...nothing.property, ...kept.property } };
  } catch {
    return nothing;
  }
}

/** Who owns the server, and its first property: both are made together, at once. */
export function FirstSteps({ token, onDone }: { readonly token: string; readonly onDone: () => Promise<void> }) {
  const t = useTexts(texts);
  const [typed, setTyped] = useState(typedBefore);
  const [password, setPassword] = useState(NO_PASSWORD);
  const [step, setStep] = useState<'owner' | 'property'>('owner');
  const [strict, setStrict] = useState(false);
  const change = (facts: Partial<Typed>) => {
    const next = { ...typed, ...facts };
    sessionStorage.setItem(KEPT, JSON.stringify(next));
    setTyped(next);
  };
  const login = loginFields(typed.login, '');
  const ownerIsWhole = typed.name.trim() !== '' && login !== null && passwordFault(password) === null;
  const make = useMutation({
    async mutationFn(named: NonNullable<typeof login>) {
      const { name, number, timeZone, checkOutTime } = typed.property;
      return keyrack.call('setUp', {
        token,
        owner: { name: typed.name.trim(), ...named, password: password.password },
        property: { ...(number.trim() && { number: number.trim() }), name: name.trim(), timeZone, checkOutTime },
      });
    },
    async onSuccess() {
      sessionStorage.removeItem(KEPT);
      await onDone();
    },
    onError(error) {
      // Somebody was faster, or the answer to an earlier try was lost: the page tells what is true.
      if (isProblem(error, 'set-up-over')) void onDone();
    },
  });
  const goOn = (event: FormEvent) => {
    event.preventDefault();
    if (step === 'owner') {
      setStrict(!ownerIsWhole);
      if (ownerIsWhole) setStep('property');
      return;
    }
    setStrict(true);
    if (login === null || !ownerIsWhole) return setStep('owner');
    if (typed.property.name.trim() !== '' && !make.isPending) make.mutate(login);
  };
  const about: Record<StepName, ListedStep> = Object.fromEntries(
    STEPS.map((name) => [name, { done: false, about: t(`rest.${name}`) }]),
  ) as Record<StepName, ListedStep>;
  if (ownerIsWhole && step === 'property') about.owner = { done: true, about: typed.name };
  return (
    <SetUpFrame
      current={step}
      steps={about}
      goTo={(name) => (name === 'owner' && step === 'property' ? () => setStep('owner') : null)}
      foot={<p>{t('leaveFirst')}</p>}
      title={t(step === 'owner' ? 'owner.title' : 'property.title')}
      about={t(step === 'owner' ? 'owner.about' : 'property.about')}
    >
      <form onSubmit={goOn} noValidate className={classes.form} key={step}>
        {make.error !== null && !make.isPending && <SetUpFailure error={make.error} />}
        {step === 'owner' ? (
          <OwnerFields typed={typed} change={change} strict={strict} error={make.error}>
            <NewPassword first value={password} onChange={setPassword} strict={strict} />
          </OwnerFields>
        ) : (
          <PropertyFields
            typed={typed.property}
            change={(facts) => change({ property: { ...typed.property, ...facts } })}
            strict={strict}
            error={make.error}
            path="property."
            numberIsDrawn
          />
        )}
        <div className={classes.actions}>
          {step === 'property' && (
            <Button size="md" onClick={() => setStep('owner')}>
              {t('back')}
            </Button>
          )}
          <Button type="submit" variant="filled" size="md" loading={make.isPending}>
            {t(step === 'owner' ? 'goOn' : 'property.make')}
          </Button>
        </div>
      </form>
    </SetUpFrame>
  );
}

function OwnerFields(props: {
  readonly typed: Typed;
  readonly change: (facts: Partial<Typed>) => void;
  readonly strict: boolean;
  readonly error: unknown;
  readonly children: ReactNode;
}) {
  const { typed, change, strict, error, children } = props;
  const t = useTexts(texts);
  const entrance = useTexts(entranceTexts);
  const faultAt = useFault(error);
  return (
    <>
      <TextInput
        label={entrance('name')}
        value={typed.name}
        error={faultAt('owner.name') ?? (strict && typed.name.trim() === '' ? entrance('missing') : null)}
        autoComplete="name"
        maxLength={64}
        onChange={({ currentTarget }) => change({ name: currentTarget.value })}
      />
      <LoginField
        value={typed.login}
        onChange={(login) => change({ login })}
        strict={strict}
        error={faultAt('owner.email') ?? faultAt('owner.mobile') ?? faultAt('owner.areaCode')}
      />
      {children}
      <p className={classes.muted}>{t('owner.keep')}</p>
    </>
  );
}

function SetUpFailure({ error }: { readonly error: unknown }) {
  const t = useTexts(texts);
  if (isProblem(error, 'set-up-refused'))
    return (
      <Note meaning="bad" live="alert">
        {t('property.wrongToken')}
      </Note>
    );
  return <Failure error={error} />;
}
