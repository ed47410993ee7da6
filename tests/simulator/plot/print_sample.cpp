#include <iostream>

#include "tests/simulator/plot/sample.h"

// A picture for check_svg.py: the controllers named in the arguments.
int main(int argc, char** argv) {
    std::cout << bellwether::simulator::plot_study(
        bellwether::simulator::sample_study({argv + 1, argv + argc}));
}
