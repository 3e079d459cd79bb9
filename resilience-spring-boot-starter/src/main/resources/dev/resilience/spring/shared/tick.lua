-- tick: reads the state and keeps it from expiring. Status OK.
if unusable then
  return answer(unusable)
end
makeDueChanges()
if current.version then
  keepAlive()
end
return answer('OK')
