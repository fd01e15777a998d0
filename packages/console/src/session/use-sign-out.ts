import { useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';

/** Leads to the page that ends the session, and says so where that fails. */
export function useSignOut(): () => void {
  const navigate = useNavigate();
  return useCallback(() => void navigate({ to: '/sign-out', state: { signOut: true } }), [navigate]);
}
