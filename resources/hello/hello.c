/*
 * SPDX-FileCopyrightText: The Roadstead authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The whole of the hello image: prints a greeting and ends. Freestanding, because a libc would make
 * up nearly all of the image: it speaks to the kernel itself (write(2), exit(2)). Ends with 1 when
 * its output is closed.
 */

static const char greeting[] =
    "Ahoy from inside a container!\n"
    "\n"
    "If you can read this, your engine works from end to end:\n"
    "  - it took an image in and unpacked its layer,\n"
    "  - made a container of it, with files, processes and a network of its own,\n"
    "  - ran the program in there, and carried these lines back to you.\n"
    "\n"
    "A container lives as long as its program. This one has said its piece.\n"
    "Something that stays a little longer:  docker run -it debian bash\n";

#if defined(__x86_64__)
enum { writeNumber = 1, exitNumber = 60 };

static long callKernel(long number, long first, const void *second, unsigned long third)
{
    long result;
    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "a"(number), "D"(first), "S"(second), "d"(third)
                     : "rcx", "r11", "memory");
    return result;
}
#elif defined(__aarch64__)
enum { writeNumber = 64, exitNumber = 93 };

static long callKernel(long number, long first, const void *second, unsigned long third)
{
    register long x8 __asm__("x8") = number;
    register long x0 __asm__("x0") = first;
    register const void *x1 __asm__("x1") = second;
    register unsigned long x2 __asm__("x2") = third;
    __asm__ volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2) : "memory");
    return x0;
}
#else
#error "The hello image knows the system calls of x86_64 and aarch64 only."
#endif

__attribute__((noreturn)) void _start(void)
{
    enum { standardOutput = 1, interrupted = -4 };
    const char *rest = greeting;
    unsigned long length = sizeof greeting - 1;
    long status = 0;
    while (length > 0) {
        const long written = callKernel(writeNumber, standardOutput, rest, length);
        if (written == interrupted) {
            continue;
        }
        if (written <= 0) {
            status = 1;
            break;
        }
        rest += written;
        length -= (unsigned long)written;
    }
    for (;;) {
        callKernel(exitNumber, status, 0, 0);
    }
}
