#pragma once

#include "dialer/sip/registrar.h"
#include "dialer/sip/stack.h"

namespace bellwether::sip {

/// Answers one REGISTER (event nua_i_register) from the registrar's book and destroys its handle:
/// the stack makes a new one for each REGISTER.
void serve_register(Registrar& registrar, const StackEvent& event);

}  // namespace bellwether::sip
