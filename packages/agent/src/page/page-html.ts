import { LANGUAGE_TEXTS } from './language-texts.ts';
import type { Language } from './page-language.ts';

/** What of the agent stands in the page from the start, since it never changes while the agent runs. */
export interface PageFacts {
  /** Shown with each action. */
  readonly token: string;
  readonly usesReaders: boolean;
  /** The command that examines this desk. */
  readonly doctor: string;
}

/** What the page is before its script fills it in. Its texts hold nothing that HTML would understand. A folder's name may. */
export function pageHtml(language: Language, { token, usesReaders, doctor }: PageFacts): string {
  const texts = LANGUAGE_TEXTS[language];
  const { fields, otherLanguage, signInBy } = texts;
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="keyrack-page" content="${token}">
<title>${texts.title}</title>
<link rel="icon" href="/icon.svg">
<link rel="stylesheet" href="/page.css">
<link rel="stylesheet" href="/parts.css">
<script type="module" src="/main.js"></script>
</head>
<body>
<header class="top">
<h1><img src="/icon.svg" alt="" width="28" height="28"> ${texts.title}</h1>
<p id="connection" class="connection"></p>
<button type="button" id="language" class="quiet" lang="${otherLanguage.language}">${otherLanguage.name}</button>
</header>
<noscript><p class="trouble">${texts.noScript}</p></noscript>
<div id="trouble" role="alert"></div>
<main>
<section class="encoders" aria-labelledby="encoders-title">
<h2 id="encoders-title">${texts.encoders}</h2>
<div id="encoders" data-without="${usesReaders ? 'plug-in' : 'start-with-readers'}" data-doctor="${escaped(doctor)}"></div>
</section>
<div class="side">
<section class="panel" id="member" tabindex="-1" aria-labelledby="member-title">
<h2 id="member-title">${texts.member}</h2>
<div id="signed-in"></div>
<form id="sign-in" novalidate autocomplete="off" hidden>
<fieldset class="choice">
<legend>${signInBy.legend}</legend>
<label><input type="radio" name="by" value="mobile" checked> ${signInBy.mobile}</label>
<label><input type="radio" name="by" value="email"> ${signInBy.email}</label>
</fieldset>
<div class="phone" data-by="mobile">
${field('areaCode', fields.areaCode, 'type="text" inputmode="tel" value="86" maxlength="8"')}
${field('mobile', fields.mobile, 'type="text" inputmode="tel" maxlength="30"')}
</div>
<div data-by="email" hidden>
${field('email', fields.email, 'type="text" inputmode="email" maxlength="254" spellcheck="false" autocapitalize="off"')}
</div>
${field('password', fields.password, 'type="password" maxlength="200"')}
<p id="sign-in-problem" class="problem" role="alert"></p>
<button type="submit" class="primary">${texts.signIn}</button>
</form>
</section>
<section class="panel" aria-labelledby="attention-title">
<h2 id="attention-title">${texts.attention}</h2>
<div id="attention"></div>
</section>
<section class="panel" id="program" tabindex="-1" aria-labelledby="program-title" hidden>
<h2 id="program-title">${texts.updates.title}</h2>
<div id="updates"></div>
</section>
</div>
<section class="panel recent" aria-labelledby="recent-title">
<h2 id="recent-title">${texts.recent}</h2>
<div id="recent"></div>
</section>
</main>
<p id="announcement" class="for-screen-readers" role="status"></p>
</body>
</html>
`;
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function field(name: string, label: string, attributes: string): string {
  return `<label>${label}
<input name="${name}" ${attributes} autocomplete="off" aria-describedby="sign-in-problem"></label>`;
}
