-- force: an operator holds the breaker open or closed. Status OK, STALE.
-- ARGV 6 state, 7 actor, 8 reason, 9 duration ms (0: no end), 10 places, 11 failure rate per mille, 12 slow rate per mille, 13 ramp ms
-- of the probes that follow on a force that held it open, 14.. of an operator's word
local to = ARGV[6]
if to ~= FORCED_OPEN and to ~= FORCED_CLOSED then
  error('bad argument 6')
end
local duration, ramp = argument(9, 0, YEAR), argument(13, 0, DAY)
local places, failurePerMille, slowPerMille = argument(10, 1, 10000), argument(11, 1, 1000), argument(12, 0, 1000)
wordArguments(14)
repair()
if unusable then
  return answer(unusable)
end
makeDueChanges()
if isOverruled() then
  return answer('STALE')
end
moveByOperator(to, {
  reason = 'FORCED', forcedBy = cut(ARGV[7], 128), forceReason = cut(ARGV[8], 256),
  forcedUntil = duration > 0 and now + duration or 0,
  places = places, failurePerMille = failurePerMille, slowPerMille = slowPerMille, ramp = ramp,
})
return answer('OK')
