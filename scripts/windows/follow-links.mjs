import { registerHooks } from 'node:module';

// Under Wine a link isn't followed: the packages of this repository are found in node_modules, where Node takes no
// TypeScript from. On Windows itself npm makes junctions, which Node follows.
registerHooks({
  resolve: (specifier, context, next) => {
    const found = next(specifier, context);
    return { ...found, url: found.url.replace('/node_modules/@keyrack/', '/packages/') };
  },
});
